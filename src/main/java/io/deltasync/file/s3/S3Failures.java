package io.deltasync.file.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.HttpStatusCode;

/**
 * Says what a failure of the client means: that the store is not available, that it
 * refuses the connection's settings, or that something is wrong with one file.
 */
final class S3Failures {

	private static final Logger logger = LoggerFactory.getLogger(S3Failures.class);

	private static final Set<String> REFUSED_CREDENTIALS = Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch",
			"InvalidToken", "ExpiredToken", "TokenRefreshRequired", "InvalidSecurity", "AccountProblem");

	private static final Set<String> ELSEWHERE = Set.of("PermanentRedirect", "TemporaryRedirect", "Redirect",
			"AuthorizationHeaderMalformed", "IllegalLocationConstraintException");

	/** What became of an object whose version is no longer the one that is needed. */
	static final String CHANGED = "the object has been changed in the meantime";

	private static final String REGION = "x-amz-bucket-region";

	private static final int PRECONDITION_FAILED = 412;

	static final int NOT_IMPLEMENTED = 501;

	private S3Failures() {
	}

	/**
	 * Translates a failure.
	 * @param failure the client's exception
	 * @param place the file or directory that the call was about
	 * @param location where the connection leads to
	 * @return the exception to throw
	 * @throws AbortRunException if the settings are to blame
	 */
	static IOException translated(SdkException failure, String place, String location) {
		// says in other words what the translation says, and is no cause of its own
		logger.debug("A call failed for {}", place, failure);
		if (failure instanceof AwsServiceException refusal && refusal.statusCode() > 0) {
			return refused(refusal, place, location);
		}
		if (failure instanceof AbortedException) {
			return new InterruptedIOException("%s: interrupted".formatted(place));
		}
		if (String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")) {
			throw new AbortRunException(
					"There are no credentials for %s; set access-key and secret-key of the connection, or provide them as for other programs that use an AWS SDK"
						.formatted(location));
		}
		return unavailable(location, reason(failure));
	}

	private static IOException refused(AwsServiceException failure, String place, String location) {
		AwsErrorDetails details = failure.awsErrorDetails();
		String code = (details != null && details.errorCode() != null) ? details.errorCode() : "";
		String message = (details != null && details.errorMessage() != null) ? details.errorMessage()
				: "status " + failure.statusCode();
		if (REFUSED_CREDENTIALS.contains(code) || failure.statusCode() == HttpStatusCode.UNAUTHORIZED) {
			throw new AbortRunException("%s refuses the credentials: %s".formatted(location, message));
		}
		if (code.equals("RequestTimeTooSkewed")) {
			throw new AbortRunException(
					"The clock of this machine differs from that of %s; set the clock".formatted(location));
		}
		String region = region(details);
		if (ELSEWHERE.contains(code) || failure.statusCode() == HttpStatusCode.MOVED_PERMANENTLY
				|| (failure.statusCode() == HttpStatusCode.BAD_REQUEST && code.isEmpty() && region != null)) {
			throw new AbortRunException((region != null)
					? "The bucket of %s is in the region %s; set region of the connection to it".formatted(location,
							region)
					: "The bucket of %s is in another region; set region of the connection: %s".formatted(location,
							message));
		}
		boolean broken = failure.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR
				&& failure.statusCode() != NOT_IMPLEMENTED;
		if (broken || failure.isThrottlingException() || code.equals("RequestTimeout")) {
			return unavailable(location, message);
		}
		return ofFile(failure, code, message, place, location);
	}

	/** Not transient: a repetition would fail, too. */
	private static IOException ofFile(SdkServiceException failure, String code, String message, String place,
			String location) {
		return switch (failure.statusCode()) {
			case HttpStatusCode.NOT_FOUND -> new FileNotFoundException(code.equals("NoSuchBucket")
					? "There is no bucket for %s".formatted(location) : "There is no %s".formatted(place));
			case PRECONDITION_FAILED -> new FileSystemException(place, null, CHANGED);
			case HttpStatusCode.FORBIDDEN -> code.equals("InvalidObjectState")
					? new FileSystemException(place, null, "the object is archived; restore it first")
					: new AccessDeniedException(place, null, "access is denied: " + message);
			default -> new FileSystemException(place, null, message);
		};
	}

	private static @Nullable String region(@Nullable AwsErrorDetails details) {
		return (details != null && details.sdkHttpResponse() != null)
				? details.sdkHttpResponse().firstMatchingHeader(REGION).orElse(null) : null;
	}

	private static ConnectException unavailable(String location, String reason) {
		return new ConnectException("%s is not available: %s".formatted(location, reason));
	}

	/** Returns the message of the innermost cause, which alone says what happened. */
	private static String reason(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

}
