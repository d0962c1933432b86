"""What screens are built of: keys, printing, prompts and the code editor."""
