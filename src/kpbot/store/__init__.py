"""What is kept: tables, and plain functions over a connection. Every function is synchronous."""
