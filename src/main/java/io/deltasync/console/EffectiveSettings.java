package io.deltasync.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Lists bound settings with their keys, as the process uses them.
 */
final class EffectiveSettings {

	private static final String MASK = "***";

	private EffectiveSettings() {
	}

	/**
	 * Lists the components of a record, and those of the records in it.
	 * @param prefix the key of the record
	 * @param settings the record
	 * @return the values as text by key; secrets are masked, and a missing value is empty
	 */
	static Map<String, String> of(String prefix, Record settings) {
		Map<String, String> values = new LinkedHashMap<>();
		for (RecordComponent component : settings.getClass().getRecordComponents()) {
			String name = DataObjectPropertyName.toDashedForm(component.getName());
			Object value = value(settings, component);
			if (value instanceof Record group) {
				values.putAll(of(prefix + "." + name, group));
			}
			else {
				values.put(prefix + "." + name,
						(value == null) ? "" : Secrets.isSecret(name) ? MASK : Secrets.mask(String.valueOf(value)));
			}
		}
		return values;
	}

	private static @Nullable Object value(Record settings, RecordComponent component) {
		try {
			return component.getAccessor().invoke(settings);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
