package io.deltasync.console;

/**
 * The person on whose behalf something is done.
 *
 * @param name the user's name, or {@code token:NAME}; it appears in the audit log and as
 * the trigger of runs
 */
public record Person(String name) {

}
