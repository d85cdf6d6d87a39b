package io.deltasync.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.mysql.cj.jdbc.JdbcStatement;

/**
 * The fastest that is written by hand for MySQL: one streaming query, read as text and
 * handed to LOAD DATA as it comes, into a temporary table; from there one statement
 * brings all rows to the target, and one commit. One thread reads and one loads; no value
 * is looked at, and no warning.
 */
final class PlainLoadDataCopy {

	private static final int COLUMNS = 10;

	private static final int PIPE = 1 << 20;

	private static final String NAMES = "id, name, email, amount, qty, active, birth, created_at, updated_at, note";

	private static final String SELECT = "SELECT " + NAMES + " FROM " + Dataset.SOURCE;

	private static final String CREATE = "CREATE TEMPORARY TABLE stage SELECT " + NAMES + " FROM " + Dataset.TARGET
			+ " LIMIT 0";

	private static final String LOAD = "LOAD DATA LOCAL INFILE 'rows' INTO TABLE stage CHARACTER SET utf8mb4 (" + NAMES
			+ ")";

	private static final String MERGE = "INSERT INTO " + Dataset.TARGET + " (" + NAMES + ") SELECT " + NAMES
			+ " FROM stage AS n ON DUPLICATE KEY UPDATE name = n.name, email = n.email, amount = n.amount,"
			+ " qty = n.qty, active = n.active, birth = n.birth, created_at = n.created_at,"
			+ " updated_at = n.updated_at, note = n.note";

	private PlainLoadDataCopy() {
	}

	/**
	 * Copies.
	 * @param args the URL and, for a delta, the time since which rows changed
	 */
	public static void main(String[] args) throws SQLException, IOException {
		long start = System.nanoTime();
		long rows;
		try (Connection source = DriverManager.getConnection(args[0]);
				Connection target = DriverManager.getConnection(args[0]);
				PipedInputStream loaded = new PipedInputStream(PIPE)) {
			target.setAutoCommit(false);
			String select = (args.length > 1) ? SELECT + " WHERE updated_at >= '" + args[1] + "'" : SELECT;
			Writer to = new BufferedWriter(
					new OutputStreamWriter(new PipedOutputStream(loaded), StandardCharsets.UTF_8));
			CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(source, select, to));
			try (Statement statement = target.createStatement()) {
				statement.executeUpdate(CREATE);
				statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(loaded);
				rows = statement.executeUpdate(LOAD);
				reading.join();
				statement.executeUpdate(MERGE);
				target.commit();
			}
		}
		new Copied(rows, Duration.ofNanos(System.nanoTime() - start)).print();
	}

	private static void read(Connection source, String select, Writer to) {
		try (to; Statement statement = source.createStatement()) {
			statement.setFetchSize(Integer.MIN_VALUE);
			try (ResultSet row = statement.executeQuery(select)) {
				while (row.next()) {
					write(row, to);
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(ResultSet row, Writer to) throws SQLException, IOException {
		for (int column = 1; column <= COLUMNS; column++) {
			String text = row.getString(column);
			to.write((text != null) ? text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") : "\\N");
			to.write((column < COLUMNS) ? '\t' : '\n');
		}
	}

}
