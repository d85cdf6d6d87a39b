package io.deltasync.api;

/**
 * Code that talks to a system that records come from. A marker: what a source can do is
 * said by the interfaces it implements beside this one, such as
 * {@link SourceAdapterForPull}.
 * <p>
 * An adapter is a bean of prototype scope; its bean name is what a Link's
 * {@code adapter:} names. DeltaSync makes a fresh instance for every execution context,
 * so an instance is used by one thread at a time and keeps no state from one context to
 * the next.
 */
public interface SourceAdapter {

	/**
	 * Whether {@code planFetch} and {@code fetchRecords} return all records of the source
	 * in every run, whatever the last successful run was. Every run of such a Link then
	 * counts as a full run when deleted records are looked for. Asked of a configured
	 * instance, before anything is read.
	 * @return false unless overridden; true is a promise: a record that is not returned
	 * is taken for deleted
	 */
	default boolean fetchesEverything() {
		return false;
	}

}
