package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * The base interface of all adapters. An adapter talks to one kind of system, as source,
 * as target or as both.
 */
public interface Adapter {

	/**
	 * Returns the option that names what this adapter reads or writes, such as
	 * {@code table} or {@code path}. Its value is {@link LinkContext#linkSourceName()} or
	 * {@link LinkContext#linkTargetName()}. The option is required, unless the adapter's
	 * options are a record with a component of this name that is not. Called on an
	 * instance that is not configured.
	 * @return the option in its dashed form; {@code table} by default; null if the
	 * adapter has none, so that the Link's name takes its place
	 */
	default @Nullable String resourceOption() {
		return "table";
	}

	/**
	 * Returns a text that identifies the data this adapter reads or writes, such as
	 * server, port, database and table. DeltaSync compares these texts to decide whether
	 * two runs concern the same data. The same data should therefore have the same text
	 * in every configuration that leads to it, and different data a different text. Leave
	 * out whatever may change while the data stays the same: users, passwords, timeouts,
	 * batch sizes, and the name of a connection (use {@link Connections#location}
	 * instead).
	 * <p>
	 * The text is stored and shown to operators, so it must not contain a secret. It must
	 * be the same in every process. The method is called on a configured instance before
	 * a run starts, and by commands that only show a Link, so it should not connect to
	 * anything.
	 * @param context the Link; the components about a run are not set yet
	 * @return the text; null, the default, if DeltaSync should use the adapter's name,
	 * the value of {@link #resourceOption()} and all options that are neither secret nor
	 * tuning options
	 * @throws Exception if the text cannot be determined; the run does not start
	 */
	default @Nullable String identity(LinkContext context) throws Exception {
		return null;
	}

}
