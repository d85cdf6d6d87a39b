package io.deltasync.jdbc.value;

import java.util.List;

/**
 * A column as the database describes it. Created by {@link #builder}.
 *
 * @param name the name as stored
 * @param type the kind of its values
 * @param keyType the kind of values by which the database compares and sorts it
 * @param typeName the database's own name of the type, for messages
 * @param castType the type as an expression casts to it, without length and precision
 * @param size digits of a decimal, bits of a whole number, characters of a text, bytes of
 * a binary, bits to which JSON's numbers are rounded; 0 for other types and without a
 * limit
 * @param scale digits after the decimal point, of the number or of the seconds;
 * {@link #FLOATING} for floating point numbers
 * @param padding how the database stores a value that is shorter than the column
 * @param members the permitted texts in the order of their numbers; empty when any text
 * is permitted
 * @param folding whether it compares different texts as equal
 * @param unsigned whether it holds no negative numbers
 * @param nullable whether it may be NULL
 * @param optional whether a new row may omit it
 * @param computed whether only the database writes it
 * @param numbered whether the database numbers new rows in it
 * @param filled the expressions with which the database fills it in new and in changed
 * rows; may be empty
 */
public record Column(String name, ColumnType type, ColumnType keyType, String typeName, String castType, long size,
		int scale, Padding padding, List<String> members, boolean folding, boolean unsigned, boolean nullable,
		boolean optional, boolean computed, boolean numbered, List<String> filled) {

	/** The scale of a floating point number. */
	public static final int FLOATING = -1;

	/** How the database stores a value that is shorter than its column. */
	public enum Padding {

		/** Stored unchanged. */
		NONE,

		/** Stored without trailing spaces. */
		STRIPPED,

		/** Filled up to the length of the column with spaces or zeros. */
		FILLED

	}

	/**
	 * Begins the description of a column that is nullable, optional and unlimited.
	 * @param typeName the database's own name of the type
	 */
	public static Builder builder(String name, ColumnType type, String typeName) {
		return new Builder(name, type, typeName);
	}

	/**
	 * Whether its values are whole numbers that fit into a {@link Long}, and are sorted
	 * as numbers.
	 */
	public boolean isLong() {
		return this.type == ColumnType.INTEGER && this.keyType.isExactNumber()
				&& !(this.unsigned && this.size == Long.SIZE);
	}

	/** Whether the database compares and sorts it by another kind of values. */
	public boolean comparesOtherwise() {
		return this.keyType != this.type;
	}

	@Override
	public String toString() {
		return "%s %s".formatted(this.name, this.typeName);
	}

	/** Describes a column. The methods have the names of the components. */
	public static final class Builder {

		private final String name;

		private final ColumnType type;

		private final String typeName;

		private ColumnType keyType;

		private String castType;

		private long size;

		private int scale;

		private Padding padding = Padding.NONE;

		private List<String> members = List.of();

		private boolean folding;

		private boolean unsigned;

		private boolean nullable = true;

		private boolean optional = true;

		private boolean computed;

		private boolean numbered;

		private List<String> filled = List.of();

		private Builder(String name, ColumnType type, String typeName) {
			this.name = name;
			this.type = type;
			this.typeName = typeName;
			this.keyType = type;
			this.castType = typeName;
		}

		public Builder keyType(ColumnType keyType) {
			this.keyType = keyType;
			return this;
		}

		public Builder castType(String castType) {
			this.castType = castType;
			return this;
		}

		public Builder size(long size) {
			this.size = size;
			return this;
		}

		public Builder scale(int scale) {
			this.scale = scale;
			return this;
		}

		public Builder padding(Padding padding) {
			this.padding = padding;
			return this;
		}

		public Builder members(List<String> members) {
			this.members = List.copyOf(members);
			return this;
		}

		public Builder folding(boolean folding) {
			this.folding = folding;
			return this;
		}

		public Builder unsigned(boolean unsigned) {
			this.unsigned = unsigned;
			return this;
		}

		public Builder nullable(boolean nullable) {
			this.nullable = nullable;
			return this;
		}

		public Builder optional(boolean optional) {
			this.optional = optional;
			return this;
		}

		public Builder computed(boolean computed) {
			this.computed = computed;
			return this;
		}

		public Builder numbered(boolean numbered) {
			this.numbered = numbered;
			return this;
		}

		public Builder filled(List<String> filled) {
			this.filled = List.copyOf(filled);
			return this;
		}

		/** Returns the column. */
		public Column build() {
			return new Column(this.name, this.type, this.keyType, this.typeName, this.castType, this.size, this.scale,
					this.padding, this.members, this.folding, this.unsigned, this.nullable, this.optional,
					this.computed, this.numbered, this.filled);
		}

	}

}
