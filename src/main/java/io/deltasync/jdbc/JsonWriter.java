package io.deltasync.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON: texts as they are, maps, lists, numbers and booleans as JSON says them.
 */
final class JsonWriter extends ColumnWriter {

	JsonWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		String json;
		if (value instanceof String text) {
			json = text;
		}
		else if (value instanceof Double || value instanceof Float) {
			json = number((Number) value);
		}
		else if (value instanceof Map || value instanceof List || value instanceof Number || value instanceof Boolean) {
			try {
				json = JsonMapper.shared().writeValueAsString(value);
			}
			catch (JacksonException ex) {
				throw ValueRefusedException.of(column(), "it cannot be written as JSON: " + ex.getOriginalMessage());
			}
		}
		else {
			throw ValueRefusedException.never(column(), value);
		}
		TextWriter.checkWellFormed(column(), json);
		values.add(json);
	}

	private String number(Number value) throws ValueRefusedException {
		if (!Double.isFinite(value.doubleValue())) {
			throw ValueRefusedException.of(column(), "JSON has no %s".formatted(value));
		}
		return value.toString();
	}

}
