/**
 * Files in Amazon S3 and in compatible stores.
 */
@NullMarked
package io.deltasync.file.s3;

import org.jspecify.annotations.NullMarked;
