package io.deltasync.config;

import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.Nullness;

/**
 * Finds the components of an options record that must have a value: those that are
 * neither nullable nor primitive and have no {@link DefaultValue}.
 */
final class RequiredComponents {

	private RequiredComponents() {
	}

	/**
	 * Returns the properties that are missing after a binding. An invalid value counts as
	 * given.
	 * @param root the name that was bound
	 * @param type the type it was bound to; a type other than a record has no required
	 * components
	 * @param trace the trace of the binding
	 * @return the names of the missing properties
	 */
	static List<ConfigurationPropertyName> missing(ConfigurationPropertyName root, Class<?> type, BindTrace trace) {
		List<ConfigurationPropertyName> missing = new ArrayList<>();
		if (!type.isRecord()) {
			return missing;
		}
		RecordComponent[] components = type.getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			String key = DataObjectPropertyName.toDashedForm(components[i].getName());
			ConfigurationPropertyName name = root.append(key);
			if (trace.found().contains(name) || trace.hasFailed(name)) {
				// nothing is missing below a property that is bound to a single value
				if (trace.isGroup(name)) {
					missing.addAll(missing(name, components[i].getType(), trace));
				}
			}
			else if (isRequired(components[i], CanonicalConstructors.of(type).getParameters()[i])) {
				missing.add(name);
			}
		}
		return missing;
	}

	/**
	 * Whether a component is required, according to the constructor's parameter. An
	 * accessor may return a value even if the component is optional.
	 */
	private static boolean isRequired(RecordComponent component, Parameter parameter) {
		return !component.getType().isPrimitive() && !parameter.isAnnotationPresent(DefaultValue.class)
				&& Nullness.forParameter(parameter) != Nullness.NULLABLE;
	}

}
