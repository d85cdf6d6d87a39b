package io.deltasync.jdbc.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

import com.mysql.cj.jdbc.ServerPreparedStatement;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.SentValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads values through Connector/J without converting them. The usual reader still reads
 * those that are not sent in their usual form, and the rows of statements that the server
 * prepared, which are binary. Confined to one thread.
 */
final class SentValues implements ColumnReader {

	private final Column column;

	private final ColumnReader usual;

	private @Nullable ResultSet current;

	private boolean texts;

	private SentValues(Column column, ColumnReader usual) {
		this.column = column;
		this.usual = usual;
	}

	/**
	 * Returns the reader of a column.
	 * @param usual reads it with a conversion
	 */
	static ColumnReader reader(Column column, ColumnReader usual) {
		return isSimple(column) ? new SentValues(column, usual) : usual;
	}

	/**
	 * Whether a column takes values of another one as they were sent, except for texts
	 * that are too long.
	 */
	static boolean fit(Column source, Column target) {
		if (source.type() != target.type() || !isSimple(source) || !isSimple(target)) {
			return false;
		}
		return switch (target.type()) {
			case INTEGER -> target.size() >= source.size() && target.unsigned() == source.unsigned();
			case DECIMAL -> target.scale() >= source.scale() && target.unsigned() == source.unsigned()
					&& target.size() - target.scale() >= source.size() - source.scale();
			case LOCAL_DATE_TIME -> target.scale() >= source.scale();
			default -> true;
		};
	}

	/**
	 * Whether all values have a text that is the same for any such column: not with
	 * leading zeros, as years, nor of fixed length, which the driver may pad.
	 */
	private static boolean isSimple(Column column) {
		String type = column.typeName().toLowerCase(Locale.ROOT);
		return switch (column.type()) {
			case INTEGER -> column.isLong() && !type.startsWith("year") && !type.contains("zerofill");
			case DECIMAL -> !type.contains("zerofill");
			case TEXT -> type.startsWith("varchar") || type.endsWith("text");
			case DATE, LOCAL_DATE_TIME -> true;
			default -> false;
		};
	}

	@Override
	public @Nullable Object read(ResultSet row, int index) throws SQLException {
		if (row != this.current) {
			this.current = row;
			this.texts = !row.getStatement().isWrapperFor(ServerPreparedStatement.class);
		}
		byte[] sent = this.texts ? row.getBytes(index) : null;
		SentValue value = (sent != null) ? SentValue.of(this.column, sent) : null;
		return (value != null) ? value : this.usual.read(row, index);
	}

}
