"""kpbot: the first contact for municipal partnerships between Germany and North Africa."""
