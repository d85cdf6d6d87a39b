package io.deltasync.http.connection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what processes share about connections in the JobRepository's database, a row for
 * each connection and purpose. A row is locked while it is changed. Thread-safe.
 */
public final class RepositoryState implements SharedState {

	private static final int NAME_LENGTH = 100;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final InstantSource clock;

	/**
	 * Creates the state.
	 * @param jdbc the JobRepository's database
	 * @param transactions begins new transactions there, at READ COMMITTED
	 * @param clock the clock that all processes share
	 */
	public RepositoryState(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	@Override
	public Stored replaceTokens(String connection, Change change) throws HttpException, InterruptedException {
		String name = stored(connection);
		insert("INSERT INTO SYNC_CONNECTION_TOKEN (CONNECTION_NAME) VALUES (?)", "SYNC_CONNECTION_TOKEN", name);
		try {
			return this.transactions.execute((status) -> {
				Stored before = this.jdbc
					.sql("SELECT CONFIGURED, TOKENS FROM SYNC_CONNECTION_TOKEN WHERE CONNECTION_NAME = ? FOR UPDATE")
					.param(name)
					.query((row, number) -> new Stored(row.getString(1), row.getString(2)))
					.single();
				Stored after = change(change, before);
				if (!after.equals(before)) {
					this.jdbc
						.sql("UPDATE SYNC_CONNECTION_TOKEN SET CONFIGURED = ?, TOKENS = ? WHERE CONNECTION_NAME = ?")
						.params(Arrays.asList(after.configured(), after.tokens(), name))
						.update();
				}
				return after;
			});
		}
		catch (ChangeFailure ex) {
			if (ex.getCause() instanceof HttpException failure) {
				throw failure;
			}
			throw (InterruptedException) ex.getCause();
		}
	}

	private static Stored change(Change change, Stored before) {
		try {
			return change.of(before);
		}
		catch (HttpException | InterruptedException ex) {
			throw new ChangeFailure(ex);
		}
	}

	@Override
	public Slots reserve(String connection, Duration interval, int count, Duration longest) {
		String name = stored(connection);
		insert("INSERT INTO SYNC_CONNECTION_PACE (CONNECTION_NAME, NEXT_CALL) VALUES (?, 0)", "SYNC_CONNECTION_PACE",
				name);
		return this.transactions.execute((status) -> {
			long next = this.jdbc.sql("SELECT NEXT_CALL FROM SYNC_CONNECTION_PACE WHERE CONNECTION_NAME = ? FOR UPDATE")
				.param(name)
				.query(Long.class)
				.single();
			Slots slots = SharedState.slots(this.clock.instant(), next, interval, count, longest);
			this.jdbc.sql("UPDATE SYNC_CONNECTION_PACE SET NEXT_CALL = ? WHERE CONNECTION_NAME = ?")
				.params(slots.next(), name)
				.update();
			return slots;
		});
	}

	/**
	 * Inserts the row of a connection unless it exists, in a transaction of its own:
	 * after a failure, PostgreSQL would refuse the rest of one.
	 */
	private void insert(String sql, String table, String name) {
		boolean exists = this.transactions
			.execute((status) -> this.jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE CONNECTION_NAME = ?")
				.param(name)
				.query(Integer.class)
				.single()) > 0;
		if (!exists) {
			try {
				this.transactions.executeWithoutResult((status) -> this.jdbc.sql(sql).param(name).update());
			}
			catch (DuplicateKeyException ex) {
				// another process was faster
				return;
			}
		}
	}

	private static String stored(String name) {
		return (name.length() <= NAME_LENGTH) ? name : digest(name);
	}

	static String digest(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Carries a checked exception out of a transaction, which it rolls back. */
	private static final class ChangeFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ChangeFailure(@Nullable Exception cause) {
			super(cause);
		}

	}

}
