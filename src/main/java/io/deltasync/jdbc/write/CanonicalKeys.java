package io.deltasync.jdbc.write;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.StoredForm;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Converts the keys of records to the form in which their table compares them: the values
 * that the {@link ColumnWriter}s produce, as the columns store them. Not thread-safe.
 */
public final class CanonicalKeys {

	private final WriteTarget target;

	private final DataSource database;

	private final Map<Column, TextForm> textForms = new HashMap<>();

	/**
	 * Creates a converter for the keys of a table.
	 * @param target the table with its key
	 * @param database the database of the table
	 */
	public CanonicalKeys(WriteTarget target, DataSource database) {
		this.target = target;
		this.database = database;
	}

	/**
	 * Returns the keys of records.
	 * @return the values of the key of each record; null if the record lacks one, or if
	 * the table would refuse one
	 */
	public List<@Nullable List<Object>> of(List<RecordInFlight> records) throws SQLException {
		List<@Nullable List<Object>> keys = new ArrayList<>(records.size());
		List<Column> columns = this.target.key();
		List<ColumnWriter> writers = columns.stream().map((column) -> this.target.writer(column)).toList();
		records.forEach((record) -> keys.add(key(record, writers)));
		for (int i = 0; i < columns.size(); i++) {
			Column column = columns.get(i);
			if (column.type() == ColumnType.TEXT || column.type() == ColumnType.ENUM) {
				compareTexts(keys, i, column);
			}
		}
		return keys;
	}

	private @Nullable List<Object> key(RecordInFlight record, List<ColumnWriter> writers) {
		List<Object> key = new ArrayList<>(writers.size());
		for (ColumnWriter writer : writers) {
			Object value = value(record.properties(), writer.column());
			Object stored = (value != null) ? stored(writer, value) : null;
			if (stored == null) {
				return null;
			}
			key.add(stored);
		}
		return key;
	}

	private static @Nullable Object value(Map<String, @Nullable Object> properties, Column column) {
		if (properties.containsKey(column.name())) {
			return properties.get(column.name());
		}
		return properties.entrySet()
			.stream()
			.filter((property) -> property.getKey().equalsIgnoreCase(column.name()))
			.map(Map.Entry::getValue)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/** Returns the stored form of a value; null when the column refuses it. */
	private static @Nullable Object stored(ColumnWriter writer, Object value) {
		try {
			return canCompare(writer.column()) ? StoredForm.of(writer, value) : null;
		}
		catch (SQLException | ValueRefusedException | RuntimeException ex) {
			return null;
		}
	}

	private static boolean canCompare(Column column) {
		return switch (column.type()) {
			// a FLOAT does not equal the number that was written to it
			case FLOAT, JSON, OTHER -> false;
			default -> true;
		};
	}

	private void compareTexts(List<@Nullable List<Object>> keys, int index, Column column) throws SQLException {
		TextForm form = textForm(column);
		List<String> texts = new ArrayList<>(keys.size());
		keys.forEach((key) -> {
			if (key != null) {
				texts.add(String.valueOf(key.get(index)));
			}
		});
		List<? extends @Nullable String> forms = texts.isEmpty() ? List.of() : form.of(this.database, texts);
		int next = 0;
		for (int i = 0; i < keys.size(); i++) {
			List<Object> key = keys.get(i);
			if (key != null) {
				String compared = forms.get(next++);
				if (compared == null) {
					keys.set(i, null);
				}
				else {
					key.set(index, compared);
				}
			}
		}
	}

	private TextForm textForm(Column column) throws SQLException {
		TextForm form = this.textForms.get(column);
		if (form == null) {
			Table table = this.target.table();
			try (Session session = Session.forReading(this.database, table.dialect(), false)) {
				form = table.dialect().textForm(session.connection(), table, column);
			}
			this.textForms.put(column, form);
		}
		return form;
	}

}
