package io.deltasync.testing;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The databases of an {@link EachDatabase} that {@value #PROPERTY} does not exclude. */
final class SelectedDatabases extends AnnotationBasedArgumentsProvider<EachDatabase> {

	private static final String PROPERTY = "deltasync.database";

	@Override
	protected Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context,
			EachDatabase annotation) {
		TestDatabase[] databases = (annotation.value().length == 0) ? TestDatabase.values() : annotation.value();
		String property = System.getProperty(PROPERTY, "");
		TestDatabase only = property.isEmpty() ? null : TestDatabase.valueOf(property.toUpperCase(Locale.ROOT));
		return Arrays.stream(databases).filter((database) -> only == null || database == only).map(Arguments::of);
	}

}
