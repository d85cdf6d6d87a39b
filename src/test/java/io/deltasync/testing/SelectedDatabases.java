package io.deltasync.testing;

import java.util.List;
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
		return select(System.getProperty(PROPERTY, ""), annotation.value()).stream().map(Arguments::of);
	}

	/**
	 * Selects databases.
	 * @param name the only one wanted, in any case, or an empty text for all
	 * @param supported those of a class, or none for all
	 * @return none if the wanted one is not supported
	 */
	static List<TestDatabase> select(String name, TestDatabase... supported) {
		List<TestDatabase> databases = List.of((supported.length == 0) ? TestDatabase.values() : supported);
		if (name.isEmpty()) {
			return databases;
		}
		TestDatabase only = TestDatabase.valueOf(name.toUpperCase(Locale.ROOT));
		return databases.contains(only) ? List.of(only) : List.of();
	}

}
