//! AWS protocols: query, JSON and XML codecs over shapes generated from the public service models.
