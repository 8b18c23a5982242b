/** What chapter 10 of the course demands. */
package org.spikelet.app.learn.chapter10;
