package io.deltasync.benchmark;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import de.siegmar.fastcsv.writer.CsvWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of the source table as files.
 *
 * @param server what holds the table
 */
record SourceFiles(Server server) {

	/** Without zones: what the columns hold. */
	private static final String QUERY = "SELECT id, name, email, amount, qty, active + 0 AS active, birth, created_at,"
			+ " updated_at, note FROM " + Dataset.SOURCE + " WHERE id > ? AND id <= ? ORDER BY id";

	/** Writes CSV files, each with as many rows. */
	void writeCsv(Path directory, int rows, int files) throws SQLException, IOException {
		Files.createDirectories(directory);
		int size = (rows + files - 1) / files;
		for (int file = 0; file < files; file++) {
			try (CsvWriter writer = CsvWriter.builder().build(directory.resolve("rows-%02d.csv".formatted(file)))) {
				read(file * size, Math.min(rows, (file + 1) * size), new Rows() {

					@Override
					public void begin(String[] names) {
						writer.writeRecord(names);
					}

					@Override
					public void row(String[] names, String[] values) {
						writer.writeRecord(values);
					}

				});
			}
		}
	}

	/** Writes an array of objects. */
	void writeJson(Path file, int rows) throws SQLException, IOException {
		try (Writer writer = Files.newBufferedWriter(file);
				JsonGenerator generator = JsonMapper.shared().createGenerator(writer)) {
			generator.writeStartArray();
			read(0, rows, (names, values) -> {
				generator.writeStartObject();
				for (int column = 0; column < names.length; column++) {
					if (values[column] == null) {
						generator.writeNullProperty(names[column]);
					}
					else {
						generator.writeStringProperty(names[column], values[column]);
					}
				}
				generator.writeEndObject();
			});
			generator.writeEndArray();
		}
	}

	private void read(int after, int until, Rows rows) throws SQLException {
		try (Connection connection = this.server.connect("");
				PreparedStatement statement = connection.prepareStatement(QUERY)) {
			statement.setFetchSize(Integer.MIN_VALUE);
			statement.setInt(1, after);
			statement.setInt(2, until);
			try (ResultSet row = statement.executeQuery()) {
				String[] names = new String[row.getMetaData().getColumnCount()];
				for (int column = 0; column < names.length; column++) {
					names[column] = row.getMetaData().getColumnLabel(column + 1);
				}
				rows.begin(names);
				String[] values = new String[names.length];
				while (row.next()) {
					for (int column = 0; column < names.length; column++) {
						values[column] = row.getString(column + 1);
					}
					rows.row(names, values);
				}
			}
		}
	}

	/** Receives rows as texts. */
	@FunctionalInterface
	private interface Rows {

		default void begin(String[] names) {
		}

		void row(String[] names, String[] values);

	}

}
