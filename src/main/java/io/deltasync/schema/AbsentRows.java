package io.deltasync.schema;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Inserts rows unless there are rows with the same keys. Takes part in the caller's
 * transaction, which goes on after a duplicate. Thread-safe.
 */
public final class AbsentRows {

	private final JdbcClient jdbc;

	private final Product product;

	/**
	 * Creates the insertion.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public AbsentRows(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.product = product;
	}

	/**
	 * Inserts a row.
	 * @param insert the INSERT, with a place for each value
	 * @param values the values
	 * @return false if there is a row with the same key, perhaps of another process that
	 * was faster
	 */
	public boolean insert(String insert, @Nullable Object... values) {
		try {
			return this.jdbc.sql(insert + this.product.keepExisting()).params(Arrays.asList(values)).update() > 0;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

}
