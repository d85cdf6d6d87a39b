package io.deltasync.jdbc.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

import io.deltasync.jdbc.dialect.RowStatement;
import org.jspecify.annotations.Nullable;

/**
 * The file of a LOAD DATA, whose rows are written while the driver sends it: so the
 * server loads the first ones while the next are converted. Confined to one thread.
 */
final class LoadDataFile extends InputStream {

	private final LoadDataRows buffer;

	private final RowStatement.Rows source;

	private InputStream part;

	private long rows;

	private @Nullable Throwable failure;

	/**
	 * Creates a file.
	 * @param buffer receives the rows from the source; those that it has come first
	 */
	LoadDataFile(LoadDataRows buffer, RowStatement.Rows source) {
		this.buffer = buffer;
		this.source = source;
		buffer.dropRow();
		this.part = buffer.content();
		this.rows = buffer.rows();
	}

	/** Returns the number of rows that were sent. */
	long rows() {
		return this.rows;
	}

	/** Throws what the source threw. */
	void throwIfFailed() throws SQLException {
		if (this.failure instanceof SQLException ex) {
			throw ex;
		}
		if (this.failure instanceof RuntimeException ex) {
			throw ex;
		}
		if (this.failure instanceof Error ex) {
			throw ex;
		}
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) > 0) ? one[0] & 0xff : -1;
	}

	@Override
	public int read(byte[] into, int offset, int length) throws IOException {
		int count = this.part.read(into, offset, length);
		if (count >= 0 || !fill()) {
			return count;
		}
		this.part = this.buffer.content();
		return this.part.read(into, offset, length);
	}

	/**
	 * Fills the buffer; returns false at the end. A failure ends the file instead of the
	 * driver's call, which would leave its connection in the middle of the file.
	 */
	private boolean fill() {
		this.buffer.clear();
		try {
			boolean more = this.failure == null;
			while (more && !this.buffer.isFull()) {
				more = this.source.addNext();
				// what is left of a row that was refused is no reason to send
				this.buffer.dropRow();
			}
		}
		catch (SQLException | RuntimeException | Error ex) {
			this.failure = ex;
			this.buffer.dropRow();
		}
		this.rows += this.buffer.rows();
		return this.buffer.rows() > 0;
	}

}
