package io.deltasync.autoconfigure;

import io.deltasync.link.Links;
import io.deltasync.run.job.LinkJobFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.DuplicateJobException;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.beans.factory.BeanFactory;

/**
 * Finds the jobs of an application. A process that needs only a few Links has no beans
 * for their jobs; each job is built on request. Thread-safe.
 */
class LinkJobRegistry extends MapJobRegistry {

	private final BeanFactory beans;

	LinkJobRegistry(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public @Nullable Job getJob(String name) {
		Job known = super.getJob(name);
		return (known != null) ? known : build(name);
	}

	private synchronized @Nullable Job build(String name) {
		Job known = super.getJob(name);
		Links links = this.beans.getBean(Links.class);
		if (known != null || !links.names().contains(name)) {
			return known;
		}
		Job job = this.beans.getBean(LinkJobFactory.class).job(links.get(name));
		try {
			register(job);
		}
		catch (DuplicateJobException ex) {
			throw new IllegalStateException(ex);
		}
		return job;
	}

}
