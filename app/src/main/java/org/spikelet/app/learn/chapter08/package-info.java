/** What chapter 8 of the course demands. */
package org.spikelet.app.learn.chapter08;
