package io.deltasync.lease;

/**
 * Who holds a Link, at one moment.
 *
 * @param link the Link's name
 * @param token counts how often the Link was taken
 * @param held whether a run holds it now
 * @param dead whether its lease ended without being given back: the process that held it
 * has died, or is about to notice that it lost it
 */
public record LeaseState(String link, long token, boolean held, boolean dead) {

}
