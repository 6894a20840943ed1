"""What stands between the network and the site: connections, workers, work beside them."""
