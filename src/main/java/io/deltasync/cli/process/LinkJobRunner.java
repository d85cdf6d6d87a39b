package io.deltasync.cli.process;

import java.util.Collection;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.link.Links;
import io.deltasync.link.UnknownLinkException;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.batch.autoconfigure.JobLauncherApplicationRunner;

/**
 * Starts the job that {@code spring.batch.job.name} names, as Spring Boot does. Failures
 * that an operator can fix end with a message and the exit code of the command line
 * instead of a stack trace.
 */
public class LinkJobRunner extends JobLauncherApplicationRunner {

	private final Links links;

	private final String name;

	/**
	 * Creates a runner.
	 * @param operator starts the job
	 * @param links the Links, for the message about an unknown name
	 * @param name the name of the job
	 * @param jobs the jobs of the Links
	 */
	public LinkJobRunner(JobOperator operator, Links links, String name, Collection<Job> jobs) {
		super(operator);
		this.links = links;
		this.name = name;
		setJobName(name);
		super.setJobs(jobs);
	}

	/** Not injected as in the superclass, because jobs of Links are not beans. */
	@Override
	public void setJobs(Collection<Job> jobs) {
		throw new UnsupportedOperationException("the jobs are fixed");
	}

	@Override
	public void afterPropertiesSet() {
		try {
			super.afterPropertiesSet();
		}
		catch (IllegalStateException ex) {
			try {
				this.links.get(this.name);
			}
			catch (UnknownLinkException unknown) {
				throw new LaunchException(ExitCode.USAGE.value(), "spring.batch.job.name: " + unknown.getMessage(), "",
						ex);
			}
			throw ex;
		}
	}

	@Override
	public void run(ApplicationArguments args) throws Exception {
		try {
			super.run(args);
		}
		catch (Exception ex) {
			int code = ExitCodes.of(ex);
			if (code == ExitCode.UNEXPECTED.value()) {
				throw ex;
			}
			throw new LaunchException(code, String.valueOf(ex.getMessage()), "", ex);
		}
	}

}
