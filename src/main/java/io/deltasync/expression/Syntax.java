package io.deltasync.expression;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;

/**
 * The parts of an expression. Finds the properties that it reads, and makes its numbers
 * exact. Not thread-safe.
 */
final class Syntax {

	/** The name under which an expression finds all properties of a record. */
	static final String RECORD = "record";

	/** Larger than the ids of the parts of the longest expression. */
	private static final long NEW_IDS = 1_000_000;

	private static final String INDEX = "_[_]";

	private final Set<String> tables;

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<String> optionalNames = new LinkedHashSet<>();

	/**
	 * Creates an empty syntax.
	 * @param tables the names of the tables for look-ups
	 */
	Syntax(Set<String> tables) {
		this.tables = tables;
	}

	/** Returns the properties that a record must have. */
	Set<String> names() {
		return this.names;
	}

	/** Returns the properties that are read by {@code record['…']}. */
	Set<String> optionalNames() {
		return this.optionalNames;
	}

	/**
	 * Reads an expression.
	 * @param expression the expression, whose numbers are replaced
	 * @throws ExpressionException if it uses the record or a table in a way that cannot
	 * be checked before it is computed
	 */
	void read(CelMutableExpr expression) {
		switch (expression.getKind()) {
			case CONSTANT -> replaceNumber(expression);
			case IDENT -> readName(expression.ident().name());
			case SELECT -> read(expression.select().operand());
			case LIST -> expression.list().elements().forEach(this::read);
			case CALL -> readCall(expression.call());
			default -> throw new ExpressionException("it contains a group of keys, which expressions cannot make");
		}
	}

	private void readName(String name) {
		if (name.equals(RECORD)) {
			throw new ExpressionException("it uses record without the name of a property; write record['name']");
		}
		this.names.add(name);
	}

	private void readCall(CelMutableCall call) {
		List<CelMutableExpr> arguments = call.args();
		if (call.function().equals(INDEX) && isRecord(arguments.get(0))) {
			this.optionalNames.add(constant(arguments.get(1), "record['name'] takes the name of a property in quotes"));
			return;
		}
		if (call.function().equals("lookup") && arguments.size() == 1) {
			checkTable(constant(arguments.get(0), "lookup('table') takes the name of a table in quotes"));
		}
		call.target().ifPresent(this::read);
		for (int i = 0; i < arguments.size(); i++) {
			// the position in a list stays a whole number of CEL
			if (!(call.function().equals(INDEX) && i == 1 && isNumber(arguments.get(i)))) {
				read(arguments.get(i));
			}
		}
	}

	private void checkTable(String table) {
		if (!this.tables.contains(table)) {
			throw new ExpressionException(this.tables.isEmpty()
					? "it looks into the table '%s', but there are no tables; add it under tables".formatted(table)
					: "it looks into the table '%s', but there are only: %s".formatted(table,
							String.join(", ", this.tables)));
		}
	}

	private static boolean isRecord(CelMutableExpr expression) {
		return expression.getKind() == Kind.IDENT && expression.ident().name().equals(RECORD);
	}

	private static boolean isNumber(CelMutableExpr expression) {
		return expression.getKind() == Kind.CONSTANT && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE;
	}

	private static String constant(CelMutableExpr expression, String otherwise) {
		if (expression.getKind() != Kind.CONSTANT || expression.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
			throw new ExpressionException(otherwise);
		}
		return expression.constant().stringValue();
	}

	private static void replaceNumber(CelMutableExpr expression) {
		CelConstant constant = expression.constant();
		String number = switch (constant.getKind()) {
			case INT64_VALUE -> Long.toString(constant.int64Value());
			case DOUBLE_VALUE -> digits(constant.doubleValue());
			default -> null;
		};
		if (number != null) {
			CelMutableExpr text = CelMutableExpr.ofConstant(expression.id() + NEW_IDS, CelConstant.ofValue(number));
			expression.setCall(CelMutableCall.create(ExpressionLanguage.LITERAL, text));
		}
	}

	/** Returns the digits of a fraction as written, which up to 15 keep in a double. */
	private static String digits(double number) {
		BigDecimal exact = BigDecimal.valueOf(number);
		if (exact.stripTrailingZeros().precision() > 15) {
			throw new ExpressionException("a fraction has more than 15 digits; write number('…')");
		}
		return exact.toPlainString();
	}

}
