"""What ``commentary doctor`` looks at: the desk it runs on, the feeds, the store. It changes nothing."""
