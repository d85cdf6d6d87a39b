package io.deltasync.scope;

import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes what is stored about scopes that are fetched again, from tables with an index
 * on {@code JOB_INSTANCE_ID} and {@code ORDINAL}. Thread-safe; every method takes part in
 * the caller's transaction.
 */
public final class ScopeRows {

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	private final Product product;

	/**
	 * Creates the deletion.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public ScopeRows(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
		this.product = product;
	}

	/**
	 * Deletes rows.
	 * @param table the table
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many rows at most
	 * @return how many were deleted
	 */
	public int delete(String table, long event, Scopes scopes, int limit) {
		if (scopes.ordinals() == null) {
			return deleteAll(table, event, limit);
		}
		int deleted = 0;
		for (OwnedRows.Part part : this.rows.of("JOB_INSTANCE_ID", event, "ORDINAL", scopes.ordinals())) {
			if (deleted < limit) {
				deleted += this.jdbc.sql(this.product.deleteSome(table, part.condition(), ":limit"))
					.params(part.parameters())
					.param("limit", limit - deleted)
					.update();
			}
		}
		return deleted;
	}

	/** Deletes rows of all scopes, or from a table of what belongs to no scope. */
	int deleteAll(String table, long event, int limit) {
		return this.jdbc.sql(this.product.deleteSome(table, "JOB_INSTANCE_ID = ?", "?")).params(event, limit).update();
	}

}
