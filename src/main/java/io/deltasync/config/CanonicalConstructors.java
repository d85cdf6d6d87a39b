package io.deltasync.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindConstructorProvider;
import org.springframework.boot.context.properties.bind.Bindable;

/**
 * Binds records with their canonical constructor, even if they have other constructors,
 * and everything else like Spring Boot.
 */
final class CanonicalConstructors implements BindConstructorProvider {

	@Override
	public @Nullable Constructor<?> getBindConstructor(Bindable<?> bindable, boolean isNestedConstructorBinding) {
		Class<?> type = bindable.getType().resolve(Object.class);
		return (type.isRecord() && type.getRecordComponents().length > 0) ? of(type)
				: DEFAULT.getBindConstructor(bindable, isNestedConstructorBinding);
	}

	static Constructor<?> of(Class<?> recordType) {
		Class<?>[] parameters = Arrays.stream(recordType.getRecordComponents())
			.map(RecordComponent::getType)
			.toArray(Class<?>[]::new);
		try {
			return recordType.getDeclaredConstructor(parameters);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
