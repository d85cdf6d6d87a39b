package io.deltasync.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

import com.mysql.cj.jdbc.JdbcStatement;

/**
 * The fastest way that is known to copy rows of MySQL through a client. One thread reads
 * values as the bytes of their texts and writes lines into a pipe, which the driver sends
 * as the file of LOAD DATA into a temporary table. One statement brings all rows from
 * there to the target, and one commit. No value is looked at, and no warning.
 */
final class TextPipeCopy {

	private static final int COLUMNS = 10;

	/** How many bytes of lines are passed on together. */
	private static final int BLOCK = 1 << 16;

	/** How many blocks may wait to be sent. */
	private static final int WAITING = 16;

	/** Ends the lines. */
	private static final byte[] END = new byte[0];

	private static final byte[] NULL = { '\\', 'N' };

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

	private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(WAITING);

	private TextPipeCopy() {
	}

	/**
	 * Copies.
	 * @param args the URL and, for a delta, the time since which rows changed
	 */
	public static void main(String[] args) throws SQLException {
		long start = System.nanoTime();
		String select = (args.length > 1) ? SELECT + " WHERE updated_at >= '" + args[1] + "'" : SELECT;
		long rows;
		try (Connection source = DriverManager.getConnection(args[0]);
				Connection target = DriverManager.getConnection(args[0])) {
			target.setAutoCommit(false);
			rows = new TextPipeCopy().copy(source, select, target);
		}
		new Copied(rows, Duration.ofNanos(System.nanoTime() - start)).print();
	}

	private long copy(Connection source, String select, Connection target) throws SQLException {
		CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(source, select));
		try (Statement statement = target.createStatement()) {
			statement.executeUpdate(CREATE);
			statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(new Lines());
			long rows = statement.executeUpdate(LOAD);
			reading.join();
			statement.executeUpdate(MERGE);
			target.commit();
			return rows;
		}
	}

	private void read(Connection source, String select) {
		try (Statement statement = source.createStatement()) {
			statement.setFetchSize(Integer.MIN_VALUE);
			Block block = new Block();
			try (ResultSet row = statement.executeQuery(select)) {
				while (row.next()) {
					block.add(row);
					if (block.size() >= BLOCK) {
						this.blocks.put(block.toByteArray());
						block.reset();
					}
				}
			}
			if (block.size() > 0) {
				this.blocks.put(block.toByteArray());
			}
		}
		catch (SQLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.blocks.add(END);
		}
	}

	/** Lines on their way to the driver. */
	private static final class Block extends ByteArrayOutputStream {

		private Block() {
			super(2 * BLOCK);
		}

		private void add(ResultSet row) throws SQLException {
			for (int column = 1; column <= COLUMNS; column++) {
				byte[] text = row.getBytes(column);
				if (text == null) {
					write(NULL, 0, NULL.length);
				}
				else {
					addEscaped(text);
				}
				write((column < COLUMNS) ? '\t' : '\n');
			}
		}

		private void addEscaped(byte[] text) {
			int from = 0;
			for (int i = 0; i < text.length; i++) {
				byte each = text[i];
				if (each == '\t' || each == '\n' || each == '\\') {
					write(text, from, i - from);
					write('\\');
					from = i;
				}
			}
			write(text, from, text.length - from);
		}

	}

	/** What the driver sends, while it is being written. */
	private final class Lines extends InputStream {

		private byte[] block = new byte[0];

		private int position;

		@Override
		public int read() throws IOException {
			throw new IOException("The driver reads whole blocks");
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (this.position == this.block.length) {
				try {
					this.block = TextPipeCopy.this.blocks.take();
				}
				catch (InterruptedException ex) {
					throw new IOException(ex);
				}
				this.position = 0;
				if (this.block == END) {
					return -1;
				}
			}
			int count = Math.min(length, this.block.length - this.position);
			System.arraycopy(this.block, this.position, bytes, offset, count);
			this.position += count;
			return count;
		}

	}

}
