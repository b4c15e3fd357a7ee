"""`python -m assistant`: the command line without its script installed."""

from assistant.cli import main

if __name__ == "__main__":
    main()
