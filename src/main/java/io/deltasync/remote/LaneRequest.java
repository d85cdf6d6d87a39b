package io.deltasync.remote;

import org.springframework.batch.integration.partition.StepExecutionRequest;

/**
 * Asks workers to carry a lane out: all that a message holds.
 *
 * @param link the Link's name
 * @param stepName what is to be done
 * @param stepExecutionId the lane's step execution
 */
record LaneRequest(String link, String stepName, long stepExecutionId) {

	static LaneRequest of(String link, StepExecutionRequest request) {
		return new LaneRequest(link, request.getStepName(), request.getStepExecutionId());
	}

	StepExecutionRequest toStepExecutionRequest() {
		return new StepExecutionRequest(this.stepName, this.stepExecutionId);
	}

}
