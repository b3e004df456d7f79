"""What the site keeps: conversations with their answers, and what readers thought of them."""
