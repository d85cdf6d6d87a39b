package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * Code that talks to one kind of system, as source, as target or as both.
 */
public interface Adapter {

	/**
	 * Returns what this adapter really reads or writes, such as server, port, database
	 * and table. DeltaSync compares these texts to decide whether two runs are about the
	 * same data, so the same data should have the same text in each configuration that
	 * leads to it, and other data another text. Leave out whatever may change while the
	 * data stays the same: users, passwords, timeouts, batch sizes, and the name of a
	 * connection (use {@link Connections#location} instead).
	 * <p>
	 * The text is stored and shown to operators, so it must not contain a secret. Each
	 * process must return the same text. The method is called on a configured instance
	 * before a run starts and by commands that only show a Link, so it should not connect
	 * to anything.
	 * @param context the Link; the parts about a run are not set yet
	 * @return the text; null, the default, to let DeltaSync use the adapter's name, the
	 * table and all options that are neither secret nor tuning
	 * @throws Exception when the adapter cannot decide; the run does not start
	 */
	default @Nullable String identity(LinkContext context) throws Exception {
		return null;
	}

}
