package io.deltasync.expression;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;

/**
 * Compiles expressions. The language is CEL without loops and without its numbers and
 * times, which are exact decimals and those of {@code java.time} instead. Thread-safe.
 */
public final class ExpressionLanguage {

	/** Makes the numbers that an expression contains. */
	static final String LITERAL = "@number";

	private static final CelOptions OPTIONS = CelOptions.current()
		.maxExpressionCodePointSize(10_000)
		.maxRegexProgramSize(10_000)
		.enableComprehension(false)
		.evaluateCanonicalTypesToNativeValues(true)
		.build();

	private static final CelStandardDeclarations DECLARATIONS = CelStandardDeclarations.newBuilder()
		.includeFunctions(CelStandardDeclarations.StandardFunction.CONDITIONAL,
				CelStandardDeclarations.StandardFunction.LOGICAL_AND,
				CelStandardDeclarations.StandardFunction.LOGICAL_OR,
				CelStandardDeclarations.StandardFunction.LOGICAL_NOT, CelStandardDeclarations.StandardFunction.EQUALS,
				CelStandardDeclarations.StandardFunction.NOT_EQUALS, CelStandardDeclarations.StandardFunction.IN,
				CelStandardDeclarations.StandardFunction.INDEX, CelStandardDeclarations.StandardFunction.CONTAINS,
				CelStandardDeclarations.StandardFunction.STARTS_WITH,
				CelStandardDeclarations.StandardFunction.ENDS_WITH, CelStandardDeclarations.StandardFunction.MATCHES)
		.includeIdentifiers(List.of())
		.build();

	private static final CelStandardFunctions FUNCTIONS = CelStandardFunctions.newBuilder()
		.includeFunctions(CelStandardFunctions.StandardFunction.LOGICAL_NOT,
				CelStandardFunctions.StandardFunction.EQUALS, CelStandardFunctions.StandardFunction.NOT_EQUALS,
				CelStandardFunctions.StandardFunction.IN, CelStandardFunctions.StandardFunction.INDEX,
				CelStandardFunctions.StandardFunction.CONTAINS, CelStandardFunctions.StandardFunction.STARTS_WITH,
				CelStandardFunctions.StandardFunction.ENDS_WITH, CelStandardFunctions.StandardFunction.MATCHES)
		.build();

	private final Map<String, Map<String, String>> tables;

	private final List<Function> functions;

	private final Operators operators = new Operators();

	private final CelRuntime runtime;

	/**
	 * Creates the language.
	 * @param zone the zone of the dates and clock times of moments
	 * @param tables the tables of {@code lookup}, by name
	 */
	public ExpressionLanguage(ZoneId zone, Map<String, Map<String, String>> tables) {
		this.tables = tables;
		Function literal = Function.global(LITERAL, Types.NUMBER, (call) -> new Decimal(new BigDecimal(call.text(0))),
				SimpleType.STRING);
		this.functions = Stream
			.of(TextFunctions.all(tables).stream(), new ValueFunctions(zone).all().stream(), Stream.of(literal))
			.flatMap((each) -> each)
			.toList();
		this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
			.setOptions(OPTIONS)
			.setStandardEnvironmentEnabled(false)
			.setStandardFunctions(FUNCTIONS)
			.addFunctionBindings(this.functions.stream().map(Function::binding).toList())
			.addFunctionBindings(this.operators.bindings())
			.build();
	}

	/**
	 * Compiles an expression.
	 * @param text the expression
	 * @return the expression
	 * @throws ExpressionException if it is invalid; the message is a clause that names
	 * the position
	 */
	public Expression compile(String text) {
		try {
			CelAbstractSyntaxTree parsed = valid(compiler(List.of()).parse(text));
			CelMutableExpr tree = CelMutableExprConverter.fromCelExpr(parsed.getExpr());
			Syntax syntax = new Syntax(this.tables.keySet());
			syntax.read(tree);
			List<String> names = new ArrayList<>(syntax.names());
			CelAbstractSyntaxTree checked = valid(compiler(names).check(CelAbstractSyntaxTree
				.newParsedAst(CelMutableExprConverter.fromMutableExpr(tree), parsed.getSource())));
			return new Expression(text, this.runtime.createProgram(checked), checked.getResultType(), syntax.names(),
					syntax.optionalNames());
		}
		catch (CelEvaluationException ex) {
			throw new ExpressionException("it cannot be prepared");
		}
	}

	private CelCompiler compiler(List<String> names) {
		CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
			.setOptions(OPTIONS)
			.setStandardEnvironmentEnabled(false)
			.setStandardDeclarations(DECLARATIONS)
			.setStandardMacros(CelStandardMacro.HAS)
			.addVar(Syntax.RECORD, MapType.create(SimpleType.STRING, SimpleType.DYN))
			.addFunctionDeclarations(this.functions.stream().map(Function::declaration).toList())
			.addFunctionDeclarations(this.operators.declarations());
		names.forEach((name) -> compiler.addVar(name, Types.ANY));
		return compiler.build();
	}

	private static CelAbstractSyntaxTree valid(CelValidationResult result) {
		try {
			return result.getAst();
		}
		catch (CelValidationException ex) {
			CelIssue first = result.getErrors().get(0);
			throw new ExpressionException("at position %d: %s".formatted(first.getSourceLocation().getColumn() + 1,
					IssueText.of(first.getMessage())));
		}
	}

}
