"""What advisors look at: who may enter, and the pages."""
