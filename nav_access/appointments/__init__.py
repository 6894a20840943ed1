"""Times that can be booked: capacity, slots and bookings, never more than there are seats."""
