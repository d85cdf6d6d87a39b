package io.deltasync.jdbc.postgresql;

import io.deltasync.jdbc.value.Column;

/** The type of the array in which the values of a column are bound. */
enum ArrayColumn {

	INTEGERS("int8", Long.class),

	FLOATS("float8", Double.class),

	BOOLEANS("bool", Boolean.class),

	BINARIES("bytea", byte[].class),

	/** Values of all other types, as texts that the server converts. */
	TEXTS("text", String.class);

	private final String type;

	private final Class<?> element;

	ArrayColumn(String type, Class<?> element) {
		this.type = type;
		this.element = element;
	}

	static ArrayColumn of(Column column) {
		return switch (column.type()) {
			case INTEGER -> INTEGERS;
			case FLOAT, DOUBLE -> FLOATS;
			case BOOLEAN -> BOOLEANS;
			case BINARY -> BINARIES;
			default -> TEXTS;
		};
	}

	/** Returns the server's name of the elements' type. */
	String type() {
		return this.type;
	}

	/** Returns the class of the elements. */
	Class<?> element() {
		return this.element;
	}

}
