package io.deltasync.jdbc.dialect;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;

import io.deltasync.jdbc.value.RowSink;

/**
 * Binds the values of rows to the parameters of a statement, in order.
 */
public class StatementSink implements RowSink {

	private final PreparedStatement statement;

	private int index;

	/** Creates a sink that binds the first parameter next. */
	public StatementSink(PreparedStatement statement) {
		this.statement = statement;
	}

	/** Continues after the given number of parameters. */
	public void continueAfter(int parameters) {
		this.index = parameters;
	}

	/** Returns the statement. */
	protected final PreparedStatement statement() {
		return this.statement;
	}

	/** Returns the position of the next parameter, and moves on. */
	protected final int next() {
		return ++this.index;
	}

	@Override
	public void addNull() throws SQLException {
		this.statement.setNull(next(), Types.NULL);
	}

	@Override
	public void add(String text) throws SQLException {
		this.statement.setString(next(), text);
	}

	@Override
	public void add(long number) throws SQLException {
		this.statement.setLong(next(), number);
	}

	@Override
	public void add(double number) throws SQLException {
		this.statement.setDouble(next(), number);
	}

	@Override
	public void add(BigDecimal number) throws SQLException {
		this.statement.setBigDecimal(next(), number);
	}

	@Override
	public void add(boolean bool) throws SQLException {
		this.statement.setBoolean(next(), bool);
	}

	@Override
	public void add(byte[] bytes) throws SQLException {
		this.statement.setBytes(next(), bytes);
	}

	@Override
	public void add(Temporal time) throws SQLException {
		this.statement.setObject(next(), (time instanceof Instant instant) ? instant.atOffset(ZoneOffset.UTC) : time);
	}

	@Override
	public void addObject(Object object) throws SQLException {
		this.statement.setObject(next(), object);
	}

}
