package io.retcon.deploy.demo;

import java.util.Optional;

/** A document that has no place in the history yet. */
record Draft(Kind kind, String text, Optional<String> fact) {}
