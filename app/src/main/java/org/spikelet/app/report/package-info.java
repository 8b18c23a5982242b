/** What the programs write: the report, pictures and tables; and progress. */
package org.spikelet.app.report;
