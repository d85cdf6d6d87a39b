package io.deltasync.testing;

import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Names the database in the stack trace of a failed test, because Maven's reports only
 * number the runs of a class.
 */
final class FailuresNameDatabase implements BeforeClassTemplateInvocationCallback, TestExecutionExceptionHandler {

	private static final Namespace NAMESPACE = Namespace.create(FailuresNameDatabase.class);

	@Override
	public void beforeClassTemplateInvocation(ExtensionContext context) {
		context.getStore(NAMESPACE).put("database", context.getDisplayName());
	}

	@Override
	public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
		if (!(failure instanceof TestAbortedException)) {
			failure.addSuppressed(new Database(context.getStore(NAMESPACE).get("database", String.class)));
		}
		throw failure;
	}

	/** Where a test failed. */
	@SuppressWarnings("serial")
	private static final class Database extends Exception {

		Database(String name) {
			super(name, null, false, false);
		}

	}

}
