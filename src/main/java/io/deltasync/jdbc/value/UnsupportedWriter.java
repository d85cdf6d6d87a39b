package io.deltasync.jdbc.value;

/** Refuses every value of a column whose type is not supported. */
public final class UnsupportedWriter extends ColumnWriter {

	/** Creates the writer of a column. */
	public UnsupportedWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws ValueRefusedException {
		throw ValueRefusedException.unsupported(column());
	}

}
