"""The dialog engine: dialogs as data, one pure and total function `step`, words for its effects."""
