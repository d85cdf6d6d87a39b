package io.deltasync.notice;

import java.time.Instant;

/**
 * A state of a Link, as far as people were notified of it.
 *
 * @param since when it began, or the success from which its time is counted
 * @param dueAt when people are told of it
 * @param told whether they were
 */
public record NoticeState(Instant since, Instant dueAt, boolean told) {

}
