package io.deltasync.expression;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;

/**
 * The operators for numbers, texts and times, which take the place of those of CEL: its
 * numbers are binary, and its texts unlimited.
 */
// the operators keep no state
@SuppressWarnings("Immutable")
final class Operators {

	private static final Map<String, IntPredicate> COMPARISONS = Map.of("_<_", (order) -> order < 0, "_<=_",
			(order) -> order <= 0, "_>_", (order) -> order > 0, "_>=_", (order) -> order >= 0);

	private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();

	private final List<CelFunctionBinding> bindings = new ArrayList<>();

	Operators() {
		arithmetic("_+_", Decimal::plus);
		arithmetic("_-_", Decimal::minus);
		arithmetic("_*_", Decimal::times);
		arithmetic("_/_", Decimal::by);
		arithmetic("_%_", Decimal::remainder);
		add("-_", CelOverloadDecl.newGlobalOverload("negate_number", Types.NUMBER, Types.NUMBER));
		this.bindings.add(CelFunctionBinding.from("negate_number", Decimal.class, Decimal::negated));
		add("_+_",
				CelOverloadDecl.newGlobalOverload("add_text", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING));
		this.bindings.add(CelFunctionBinding.from("add_text", String.class, String.class, TextFunctions::joined));
		comparisons(SimpleType.STRING, String.class);
		comparisons(Types.NUMBER, Decimal.class);
		comparisons(Types.DATE, LocalDate.class);
		comparisons(Types.TIME, LocalTime.class);
		comparisons(Types.DATETIME, LocalDateTime.class);
		comparisons(Types.TIMESTAMP, Instant.class);
	}

	List<CelFunctionDecl> declarations() {
		return this.overloads.entrySet()
			.stream()
			.map((operator) -> CelFunctionDecl.newFunctionDeclaration(operator.getKey(), operator.getValue()))
			.toList();
	}

	List<CelFunctionBinding> bindings() {
		return this.bindings;
	}

	private void arithmetic(String operator, BinaryOperator<Decimal> function) {
		String id = "number" + operator;
		add(operator, CelOverloadDecl.newGlobalOverload(id, Types.NUMBER, Types.NUMBER, Types.NUMBER));
		this.bindings.add(CelFunctionBinding.from(id, Decimal.class, Decimal.class, function::apply));
	}

	private <T extends Comparable<? super T>> void comparisons(CelType type, Class<T> values) {
		COMPARISONS.forEach((operator, holds) -> {
			String id = type.name() + operator;
			add(operator, CelOverloadDecl.newGlobalOverload(id, SimpleType.BOOL, type, type));
			this.bindings
				.add(CelFunctionBinding.from(id, values, values, (left, right) -> holds.test(left.compareTo(right))));
		});
	}

	private void add(String operator, CelOverloadDecl overload) {
		this.overloads.computeIfAbsent(operator, (key) -> new ArrayList<>()).add(overload);
	}

}
