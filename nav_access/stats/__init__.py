"""Read room: what offices, agencies and the centre do, counted with small numbers hidden."""
