package io.deltasync.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.deltasync.config.Mask;
import io.deltasync.expression.Expression;
import io.deltasync.expression.ExpressionException;
import io.deltasync.expression.ExpressionLanguage;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Compiles the expressions of a mapping.
 */
final class ComputedProperties {

	private static final String EXPRESSIONS = "expressions";

	private final MappingSettings settings;

	private final Mask mask;

	private final BiConsumer<String, String> problems;

	ComputedProperties(MappingSettings settings, Mask mask, BiConsumer<String, String> problems) {
		this.settings = settings;
		this.mask = mask;
		this.problems = problems;
	}

	/**
	 * Compiles the expressions.
	 * @param targets claims the names
	 * @param types claims the types
	 * @return the properties in the order of the configuration, without invalid ones,
	 * which are reported
	 */
	List<ComputedProperty> compile(TargetNames targets, TargetTypes types) {
		List<ComputedProperty> properties = new ArrayList<>();
		if (this.settings.computed().isEmpty()) {
			return properties;
		}
		if (!ClassUtils.isPresent("dev.cel.compiler.CelCompiler", getClass().getClassLoader())) {
			this.problems.accept(EXPRESSIONS,
					"needs the library dev.cel:cel, which this application lacks: add it as a dependency");
			return properties;
		}
		ExpressionLanguage language = new ExpressionLanguage(this.settings.zone(), this.settings.lookUpTables());
		this.settings.computed().forEach((target, text) -> {
			TargetName name = targets.claim(EXPRESSIONS, target);
			if (name != null) {
				ComputedProperty property = property(language, name, text, types.take(name));
				if (property != null) {
					properties.add(property);
				}
			}
		});
		return properties;
	}

	private @Nullable ComputedProperty property(ExpressionLanguage language, TargetName name, String text,
			@Nullable Conversion conversion) {
		try {
			Expression expression = language.compile(text);
			boolean masked = expression.sources().stream().anyMatch(this.mask::touchesSource);
			return new ComputedProperty(name, expression,
					(conversion != null && masked) ? conversion.withMask() : conversion);
		}
		catch (ExpressionException ex) {
			this.problems.accept(key(name.text()),
					"is the expression '%s', which is invalid: %s".formatted(text, ex.getMessage()));
			return null;
		}
	}

	private static String key(String name) {
		return name.matches("[\\w-]+") ? EXPRESSIONS + "[" + name + "]" : EXPRESSIONS;
	}

}
