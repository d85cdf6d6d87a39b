package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.temporal.Temporal;

import io.deltasync.jdbc.dialect.Dialect;

/**
 * Binds the values of rows to the parameters of a statement.
 */
final class StatementSink implements RowSink {

	private final PreparedStatement statement;

	private final Dialect dialect;

	private final PacketSizeGuard longValues;

	private int index;

	StatementSink(PreparedStatement statement, Dialect dialect) throws SQLException {
		this.statement = statement;
		this.dialect = dialect;
		this.longValues = new PacketSizeGuard(dialect, statement.getConnection());
	}

	/** Begins a row after the given number of parameters. */
	void beginRowAfter(int parameters) {
		this.index = parameters;
		this.longValues.beginRow();
	}

	@Override
	public void addNull() throws SQLException {
		this.statement.setNull(++this.index, Types.NULL);
	}

	@Override
	public void add(String text) throws SQLException {
		this.longValues.add(text);
		this.statement.setString(++this.index, text);
	}

	@Override
	public void add(long number) throws SQLException {
		this.statement.setLong(++this.index, number);
	}

	@Override
	public void add(double number) throws SQLException {
		this.statement.setDouble(++this.index, number);
	}

	@Override
	public void add(BigDecimal number) throws SQLException {
		this.statement.setBigDecimal(++this.index, number);
	}

	@Override
	public void add(boolean bool) throws SQLException {
		this.statement.setBoolean(++this.index, bool);
	}

	@Override
	public void add(byte[] bytes) throws SQLException {
		this.longValues.add(bytes);
		this.statement.setBytes(++this.index, bytes);
	}

	@Override
	public void add(Temporal time) throws SQLException {
		this.dialect.bind(this.statement, ++this.index, time);
	}

	@Override
	public void addObject(Object object) throws SQLException {
		this.statement.setObject(++this.index, object);
	}

}
