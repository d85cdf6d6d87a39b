package io.deltasync.api;

import java.util.List;

/**
 * An adapter that knows the columns of what it reads or writes. At the start of each run,
 * DeltaSync compares them with those of the last successful run, and warns of changes.
 */
public interface AdapterForColumns extends Adapter {

	/**
	 * Returns the columns. Called on a configured instance before a run plans, and by the
	 * commands {@code plan} and {@code validate}. Must read no records and change
	 * nothing.
	 * @param context the Link
	 * @return the columns in order, by the names that records have as properties; empty
	 * if they are not known
	 * @throws Exception if the columns cannot be read; they are then not compared
	 */
	List<ColumnDescription> columns(LinkContext context) throws Exception;

}
