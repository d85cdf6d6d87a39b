package io.deltasync.fault;

import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Kill points before and after each request that changes an object store, for processes
 * that have {@link KillPoints}. A resource lets each client of the tests have this.
 */
public final class S3KillPoints implements ExecutionInterceptor {

	private static volatile @Nullable KillPoints points;

	static void use(KillPoints used) {
		points = used;
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		pass(context);
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		pass(context);
	}

	private static void pass(Context.BeforeExecution context) {
		KillPoints used = points;
		boolean reads = List.of("Get", "Head", "List")
			.stream()
			.anyMatch(context.request().getClass().getSimpleName()::startsWith);
		if (used != null && !reads) {
			used.pass();
		}
	}

}
