"""What the reference is compared with: each file a server that a reader of its documentation would write."""
