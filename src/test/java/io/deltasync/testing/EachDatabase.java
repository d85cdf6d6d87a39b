package io.deltasync.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs all tests of a class once for each database, as if there was a class for each:
 * <pre>
 * &#64;EachDatabase
 * class RejectsIT {
 *
 * 	&#64;Parameter
 * 	private TestDatabase database;
 * </pre> {@code -Ddeltasync.database=h2} leaves one database only; a class that is not
 * for it then has no tests, and an unknown name is an error. A subclass may have its own
 * annotation.
 * <p>
 * {@code @BeforeAll} and {@code @AfterAll} methods are called once for all databases, and
 * instances of {@code Lifecycle.PER_CLASS} are shared by them: what such a class does for
 * a database belongs in {@code @BeforeParameterizedClassInvocation} and
 * {@code @AfterParameterizedClassInvocation} methods.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@ArgumentsSource(SelectedDatabases.class)
@ExtendWith(FailuresNameDatabase.class)
public @interface EachDatabase {

	/**
	 * Returns the databases to run on.
	 * @return some of them, or none for all but {@link TestDatabase#POSTGRESQL_OLDEST}
	 */
	TestDatabase[] value() default {};

	/**
	 * Whether an ordinary build runs the class on one of the databases only, chosen anew
	 * each time, because it takes long. {@code -Ddeltasync.database=all} runs it on each.
	 * @return false for each database
	 */
	boolean sampled() default false;

}
