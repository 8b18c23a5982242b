/** What chapter 6 of the course demands. */
package org.spikelet.app.learn.chapter06;
